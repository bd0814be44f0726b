//go:build !linux

package main

import "testing"

func smallDisk(t *testing.T) string {
	t.Helper()
	t.Skip("a small disk is made with a tmpfs of Linux")
	return ""
}

func fill(*testing.T, string) {}

func grow(*testing.T, string) {}
