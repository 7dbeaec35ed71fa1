// Why a port cannot be listened on, in words.

import Glibc
import NIOCore

/// What the operating system says to a port, and what to do.
enum BindFault {
    static func words(for error: any Error) -> String {
        if error is SocketAddressError.UnknownHost { return "names no host: give an IP address of this machine" }
        guard let code = (error as? IOError)?.errnoCode else {
            return "cannot be listened on (\(error)): check the address"
        }
        switch code {
        case EADDRINUSE: return "is taken by another program: stop it, or choose another port"
        case EACCES, EPERM: return "may not be listened on by this user: choose a port above 1023, or allow it"
        case EADDRNOTAVAIL: return "is not an address of this machine: choose one of its own, or 0.0.0.0"
        default: return "cannot be listened on (\(String(cString: strerror(code)))): choose another address"
        }
    }
}
