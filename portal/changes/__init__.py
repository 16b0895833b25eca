"""What is new of strategies: on a page between two days, on the home page, in a feed."""
