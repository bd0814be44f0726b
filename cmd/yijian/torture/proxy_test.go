package torture

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"testing"
	"time"
)

// echo is a server that says back every line it is told.
func echo(t *testing.T) string {
	t.Helper()
	l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				_, _ = io.Copy(c, c)
			}()
		}
	}()
	return l.Addr().String()
}

func through(t *testing.T) (*proxy, net.Conn) {
	t.Helper()
	p, err := newProxy(t.Context(), echo(t))
	if err != nil {
		t.Fatal(err)
	}
	ran := make(chan error, 1)
	go func() { ran <- p.run() }()
	t.Cleanup(func() {
		p.close()
		if err := <-ran; err != nil {
			t.Errorf("the proxy ended with %v", err)
		}
	})
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", p.addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return p, c
}

// says sends a line and returns how long its echo took.
func says(t *testing.T, c net.Conn, within time.Duration) (time.Duration, error) {
	t.Helper()
	begun := time.Now()
	_ = c.SetDeadline(begun.Add(within))
	if _, err := fmt.Fprintln(c, "hello"); err != nil {
		return 0, err
	}
	line, err := bufio.NewReader(c).ReadString('\n')
	if err == nil && line != "hello\n" {
		t.Errorf("the echo was %q", line)
	}
	return time.Since(begun), err
}

func TestAProxyCarriesUntilItIsCut(t *testing.T) {
	t.Parallel()
	p, c := through(t)
	if _, err := says(t, c, 5*time.Second); err != nil {
		t.Fatal(err)
	}
	p.cut(1, rand.New(rand.NewPCG(1, 1)))
	if _, err := says(t, c, 5*time.Second); err == nil {
		t.Error("a line that was cut still carries")
	}
}

func TestASlowProxyDelaysBothDirections(t *testing.T) {
	t.Parallel()
	p, c := through(t)
	p.slow(50 * time.Millisecond)
	if took, err := says(t, c, 5*time.Second); err != nil || took < 100*time.Millisecond {
		t.Errorf("took %s, %v; want 100ms at least", took, err)
	}
}

func TestASilentProxyHoldsBackWhatItLaterDelivers(t *testing.T) {
	t.Parallel()
	p, c := through(t)
	p.mute()
	_, err := says(t, c, 100*time.Millisecond)
	if timeout, ok := errors.AsType[net.Error](err); !ok || !timeout.Timeout() {
		t.Fatalf("got %v, want silence", err)
	}
	p.speak()
	_ = c.SetDeadline(time.Now().Add(5 * time.Second))
	if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || line != "hello\n" {
		t.Errorf("got %q, %v; want what was held back", line, err)
	}
}
