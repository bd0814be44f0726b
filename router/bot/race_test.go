//go:build race

package bot_test

// detectsRaces says that this is ten times as slow as without. What is measured is the same, so make
// test-go measures it once more without.
const detectsRaces = true
