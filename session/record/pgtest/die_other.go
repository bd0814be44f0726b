//go:build !linux

package pgtest

import "syscall"

// dieWithParent has no counterpart outside Linux: a killed test binary leaves its server behind.
func dieWithParent(*syscall.SysProcAttr) {}
