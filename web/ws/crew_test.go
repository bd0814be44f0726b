package ws_test

import (
	"sync"
	"testing"

	"yijian/web/ws"
)

func TestACrewDoesEveryJobHoweverManyAreBusy(t *testing.T) {
	t.Parallel()
	crew := ws.NewCrew()
	const jobs = 100
	var started, done sync.WaitGroup
	started.Add(jobs)
	for range jobs {
		done.Add(1)
		crew.Go(func() {
			defer done.Done()
			started.Done()
			started.Wait() // none ends before all have begun
		})
	}
	done.Wait()
}

func TestDoReturnsWhenTheJobIsDone(t *testing.T) {
	t.Parallel()
	crew := ws.NewCrew()
	count := 0 // of one goroutine after the other, as -race sees
	for range 1000 {
		crew.Do(func() { count++ })
	}
	if count != 1000 {
		t.Errorf("%d jobs were done", count)
	}
}
