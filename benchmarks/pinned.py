"""CPU pinning: starts a program on one core, so that it dies with its parent. `python pinned.py CORE PROGRAM ARGUMENT...`"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    os.sched_setaffinity(0, {int(sys.argv[1])})
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 - replacing this process is the purpose
