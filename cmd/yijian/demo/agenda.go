package demo

import (
	"container/heap"
	"time"
)

// step is something that happens at a moment of the day.
type step struct {
	at  time.Time
	nth int // of two at one moment, the one that was planned first
	do  func() error
}

// agenda is the steps to come, the next one first.
type agenda struct {
	steps   []step
	planned int
}

var _ heap.Interface = (*agenda)(nil)

// Len is how many there are.
func (a *agenda) Len() int { return len(a.steps) }

// Swap lets two change places.
func (a *agenda) Swap(i, j int) { a.steps[i], a.steps[j] = a.steps[j], a.steps[i] }

// Push appends one.
func (a *agenda) Push(x any) { a.steps = append(a.steps, x.(step)) } //nolint:forcetypeassert // only plan pushes

// Less orders by time.
func (a *agenda) Less(i, j int) bool {
	if !a.steps[i].at.Equal(a.steps[j].at) {
		return a.steps[i].at.Before(a.steps[j].at)
	}
	return a.steps[i].nth < a.steps[j].nth
}

// Pop takes the last.
func (a *agenda) Pop() any {
	last := a.steps[len(a.steps)-1]
	a.steps = a.steps[:len(a.steps)-1]
	return last
}

func (a *agenda) plan(at time.Time, do func() error) {
	a.planned++
	heap.Push(a, step{at, a.planned, do})
}

func (a *agenda) next() step { return heap.Pop(a).(step) } //nolint:forcetypeassert // only plan pushes
