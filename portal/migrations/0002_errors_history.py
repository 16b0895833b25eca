from django.db import migrations


class Migration(migrations.Migration):
    """An address is erased a year after the report was closed: history must not keep it."""

    dependencies = [("portal", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="historicalerrorreport", name="email"),
    ]
