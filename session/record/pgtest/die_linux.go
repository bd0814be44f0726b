package pgtest

import "syscall"

// dieWithParent ends the server when the test binary dies without a chance to stop it.
func dieWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGQUIT }
