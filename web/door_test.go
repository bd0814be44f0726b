package web

import (
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"yijian/web/ws"
)

// crewGoes waits until the members of a crew have rested and gone, which a bubble demands at its end.
func crewGoes() { <-time.After(time.Second) }

func TestADoorLetsOnlySoManyInAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer crewGoes()
		d := newDoor(ws.NewCrew())
		var inside atomic.Int64
		out := make(chan struct{})
		var wg sync.WaitGroup
		for range 3 * hellosAtOnce {
			wg.Go(func() { d.do(func() { inside.Add(1); <-out }) })
		}
		for wave := range int64(3) {
			synctest.Wait()
			if n := inside.Load(); n != (wave+1)*hellosAtOnce {
				t.Fatalf("%d went in before wave %d left", n, wave+1)
			}
			for range hellosAtOnce {
				out <- struct{}{}
			}
		}
		wg.Wait()
		synctest.Wait()
		if d.inside != 0 || d.line != nil {
			t.Errorf("%d inside and %d in line at the end", d.inside, len(d.line))
		}
	})
}

func TestADoorLetsInInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer crewGoes()
		d := newDoor(ws.NewCrew())
		out := make(chan struct{})
		for range hellosAtOnce {
			d.come(func() { <-out })
		}
		var order []int
		for i := range 100 {
			d.come(func() { order = append(order, i) }) // one place gets free, so one at a time
		}
		out <- struct{}{}
		synctest.Wait()
		for i, n := range order {
			if i != n {
				t.Fatalf("number %d went in as the %dth", n, i)
			}
		}
		if len(order) != 100 {
			t.Errorf("%d of 100 went in", len(order))
		}
		close(out)
	})
}

func TestADoorThatDoesNotMoveIsNotWaitedForLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer crewGoes()
		d := newDoor(ws.NewCrew())
		out := make(chan struct{})
		for range hellosAtOnce {
			d.come(func() { <-out })
		}
		began := time.Now()
		var wg sync.WaitGroup
		for _, rest := range []time.Duration{0, time.Second, 9 * time.Second} {
			wg.Go(func() {
				<-time.After(rest)
				d.do(func() {})
				if waited := time.Since(began) - rest; waited != doorPatience {
					t.Errorf("who came after %v waited %v", rest, waited)
				}
			})
		}
		wg.Wait()
		close(out)
		synctest.Wait()
		if d.inside != 0 {
			t.Errorf("%d inside at the end", d.inside)
		}
	})
}
