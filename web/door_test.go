package web

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestADoorLetsOnlySoManyInAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDoor()
		var inside atomic.Int64
		out := make(chan struct{})
		for range 3 * hellosAtOnce {
			go func() {
				defer d.enter()()
				inside.Add(1)
				<-out
			}()
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
	})
}

func TestADoorThatDoesNotMoveIsNotWaitedForLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDoor()
		for range hellosAtOnce {
			d.enter()
		}
		began := time.Now()
		leave := d.enter()
		if waited := time.Since(began); waited != doorPatience {
			t.Errorf("waited %v", waited)
		}
		leave()
		if len(d) != hellosAtOnce {
			t.Error("who had no place gave one back")
		}
	})
}
