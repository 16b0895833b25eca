from django_tables2.data import TableListData
from django_tables2.utils import OrderBy


class RowsInMemory(TableListData):
    """Rows of a table ordered in memory, so that Czech order is the same on any database.

    `orders` says for the name of each column what a row is ordered by, None being unknown and
    last both ways; equal rows stay as they are by the columns in `then`.
    """

    def __init__(self, rows, orders, then):
        super().__init__(list(rows))
        self.orders = orders
        self.then = then

    def order_by(self, aliases):
        for alias in reversed([OrderBy(one) for one in (*aliases, *self.then)]):
            key = self.orders[alias.bare]
            known = [row for row in self.data if key(row) is not None]
            unknown = [row for row in self.data if key(row) is None]
            # Reversing keeps equal rows in the order the keys after this one gave them.
            self.data = sorted(known, key=key, reverse=alias.is_descending) + unknown
