"""The commands of ``siyaq``, one file each; what a command needs is imported when it runs."""
