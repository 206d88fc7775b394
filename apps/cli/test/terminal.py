"""Runs a program at a terminal of its own: what comes on stdin is typed, what it writes goes to stdout."""
import os
import pty
import sys

status = pty.spawn(sys.argv[1:])
sys.exit(os.waitstatus_to_exitcode(status))
