package main

import "testing"

func TestSomeDescriptorsAreKeptForTheStores(t *testing.T) {
	t.Parallel()
	for descriptors, want := range map[int]int{20: 1, 200: 118, 2000: 1468, 20_000: 19_000, 1 << 20: 1<<20 - 1000} {
		if got := spare(descriptors); got != want {
			t.Errorf("%d descriptors: got %d connections, want %d", descriptors, got, want)
		}
	}
}
