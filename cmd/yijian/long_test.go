package main

import "os"

// long reports whether tests with a long form play it: YIJIAN_LONG=1, as make long-tests has it.
func long() bool { return os.Getenv("YIJIAN_LONG") != "" }
