//go:build !race

package bot_test

const detectsRaces = false
