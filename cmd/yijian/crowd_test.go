package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// knock sends one request on a connection that stays open as long as the process lets it, and
// returns it with the status, 0 if it was cut.
func (p process) knock(t *testing.T, request string) (c net.Conn, status int) {
	t.Helper()
	c, err := net.DialTimeout("tcp", p.addr, 30*time.Second)
	if err != nil {
		t.Error(err) // the kernel lets everybody in as long as the process accepts
		return nil, 0
	}
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.WriteString(c, request); err != nil {
		return c, 0
	}
	resp, err := http.ReadResponse(bufio.NewReaderSize(c, 512), nil)
	if err != nil {
		return c, 0
	}
	_ = resp.Body.Close()
	if resp.StatusCode >= 400 && resp.Header.Get("Retry-After") == "" {
		t.Errorf("%s without a time to come back", resp.Status)
	}
	return c, resp.StatusCode
}

// crowd has n of them knock, eight at a time, counts what they were told, and keeps them.
func (p process) crowd(t *testing.T, n int, request string) (told map[int]int, held []net.Conn) {
	t.Helper()
	var mu sync.Mutex
	var wg sync.WaitGroup
	told = map[int]int{}
	next := make(chan struct{})
	for range 8 {
		wg.Go(func() {
			for range next {
				c, status := p.knock(t, request)
				mu.Lock()
				told[status]++
				held = append(held, c)
				mu.Unlock()
			}
		})
	}
	for range n {
		next <- struct{}{}
	}
	close(next)
	wg.Wait()
	return told, held
}

// size is what the process takes: resident memory in KiB, and descriptors.
func (p process) size(t *testing.T) (rss, descriptors int) {
	t.Helper()
	folder := fmt.Sprintf("/proc/%d", p.Process.Pid)
	open, err := os.ReadDir(folder + "/fd")
	if err != nil {
		t.Skip("needs /proc")
	}
	status, err := os.ReadFile(folder + "/status")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	rss, err = strconv.Atoi(strings.Fields(after)[0])
	if err != nil {
		t.Fatal(err)
	}
	return rss, len(open)
}

func upgradeFrom(address, host string) string {
	return "GET /v1/visitor HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host + "\r\nX-Forwarded-For: " + address +
		"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
}

func TestS2FifteenThousandSocketsOfOneAddressTakeItsShareAndNobodyElses(t *testing.T) {
	t.Parallel()
	const share = 200
	sockets := 15_000
	if testing.Short() {
		sockets = 1500
	}
	p := serves(t, "20000", "--trusted-proxies", "127.0.0.0/8", "--address-sockets", strconv.Itoa(share))
	bystander := p.person(t, "198.51.100.1").enters()
	before, _ := p.size(t)
	told, _ := p.crowd(t, sockets, upgradeFrom("203.0.113.7", p.addr))
	// Who says no hello is let go after 10 s and makes room for another: more than the share in all may enter.
	if told[http.StatusTooManyRequests] < (sockets-share)*9/10 || told[http.StatusTooManyRequests]+told[http.StatusSwitchingProtocols] != sockets {
		t.Errorf("told %v, want nearly all of %d beyond the share refused with 429", told, sockets-share)
	}
	after, descriptors := p.size(t)
	if descriptors > 300 || after-before > 150<<10 {
		t.Errorf("%d descriptors are open and memory grew from %d to %d KiB", descriptors, before, after)
	}
	bystander.says(`{"t":"message","id":"a","text":"not held up"}`)
	bystander.hears("ack")
	p.person(t, "198.51.100.2").enters() // new ones too
}

func TestAtItsDescriptorLimitAProcessSays503LivesOnAndKeepsItsConversations(t *testing.T) {
	t.Parallel()
	p := serves(t, "2000")
	bystander := p.person(t, "").enters()
	// Connections that stay open, more than the limit has room for.
	told, held := p.crowd(t, 2500, "GET /healthz HTTP/1.1\r\nHost: "+p.addr+"\r\n\r\n")
	if told[http.StatusOK] < 1000 || told[http.StatusServiceUnavailable] < 100 {
		t.Errorf("told %v, want most let in and the others told that it is full", told)
	}
	bystander.says(`{"t":"message","id":"a","text":"still here"}`)
	bystander.hears("ack")
	for _, c := range held {
		_ = c.Close()
	}
	for deadline := time.Now().Add(30 * time.Second); ; {
		if status, _ := p.asks(t, "/healthz"); status == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("nobody is let in though there is room again")
		}
	}
	p.person(t, "").enters()
	bystander.says(`{"t":"message","id":"b","text":"and still"}`)
	bystander.hears("ack")
}
