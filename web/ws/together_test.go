package ws_test

import (
	"testing"

	"github.com/gorilla/websocket"
)

func TestWhatIsSentTogetherIsWrittenInOneCall(t *testing.T) {
	t.Parallel()
	conn, client, line := pair(t)
	before := line.writes.Load()
	conn.Together(func() {
		conn.Send([]byte("echo"), 3000)
		conn.SendNow([]byte("of somebody else"), 3000)
		conn.Send([]byte("ack"), 3000)
		if n := line.writes.Load() - before; n != 0 {
			t.Errorf("%d calls were made before all was sent", n)
		}
	})
	for _, want := range []string{"echo", "of somebody else", "ack"} {
		if _, got, err := client.ReadMessage(); err != nil || string(got) != want {
			t.Errorf("%q came as %q, %v", want, got, err)
		}
	}
	if n := line.writes.Load() - before; n != 1 {
		t.Errorf("three small frames took %d calls", n)
	}
	conn.Send([]byte("afterwards"), 3000)
	if _, got, err := client.ReadMessage(); err != nil || string(got) != "afterwards" {
		t.Errorf("afterwards came %q, %v", got, err)
	}
}

func TestACloseWithinTogetherIsSaidAfterTheFrames(t *testing.T) {
	t.Parallel()
	conn, client, _ := pair(t)
	conn.Together(func() {
		conn.Send([]byte("last words"), 3000)
		conn.Close(3001, "enough")
	})
	if _, got, err := client.ReadMessage(); err != nil || string(got) != "last words" {
		t.Errorf("the last words came as %q, %v", got, err)
	}
	if _, _, err := client.ReadMessage(); !websocket.IsCloseError(err, 3001) {
		t.Errorf("after the frames came %v", err)
	}
}
