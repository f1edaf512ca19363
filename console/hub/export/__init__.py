"""Tables that leave the console: cases and a month's figures, for Excel or another program."""
