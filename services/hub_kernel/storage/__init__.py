"""Tables, migrations and transactions of the database that holds effects and positions together."""
