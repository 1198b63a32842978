"""Personal data as the events carry it, defined in the kernel beside the sealing itself."""

from hub_kernel.sealed import Sealed

__all__ = ["Sealed"]
