from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files that need no source maps, which we do not collect."""

    patterns = (("*.css", CompressedManifestStaticFilesStorage.patterns[0][1][:-1]),)
