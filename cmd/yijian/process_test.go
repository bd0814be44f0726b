package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// process is the program running as a child, which this binary is for its children (see TestMain).
type process struct {
	*exec.Cmd
	addr string
}

// serves starts the program under a descriptor limit, with more flags, and returns once it serves.
func serves(t *testing.T, descriptors string, flags ...string) process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := append([]string{
		"-c", `ulimit -n "$0"; exec "$@"`, descriptors, self,
		"serve", "--listen", "127.0.0.1:0", "--db", t.TempDir() + "/x.db", "--kb", shortKnowledge(t),
	}, flags...)
	p := process{Cmd: exec.CommandContext(t.Context(), "sh", args...)}
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, url, found := strings.Cut(lines.Text(), "http://localhost:"); found && p.addr == "" {
			p.addr = "127.0.0.1:" + strings.TrimRight(url, "/")
		}
		if strings.Contains(lines.Text(), "Ctrl-C") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return p
		}
	}
	t.Fatal("the program ended before it served")
	return process{}
}

// shortKnowledge is a knowledge file of one entry: the demo shop's takes the race detector seconds to
// learn, at every start of every server.
func shortKnowledge(t *testing.T) string {
	t.Helper()
	return written(t, "kb.yaml", `version: 1
entries:
  - id: delivery
    zh: {questions: [什么时候发货, 多久能到], answer: 二十四小时内发货。}
    en: {questions: [When is it sent?, How long does delivery take?], answer: Within 24 hours.}
`)
}

// person is a visitor on a socket of the process.
type person struct {
	*testing.T
	ws *websocket.Conn
}

// person connects from an address that the process believes if it trusts loopback as a proxy.
func (p process) person(t *testing.T, address string) person {
	t.Helper()
	header := http.Header{"Origin": {"http://" + p.addr}, "X-Forwarded-For": {address}}
	ws, resp, err := websocket.DefaultDialer.DialContext(t.Context(), "ws://"+p.addr+"/v1/visitor", header)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	return person{t, ws}
}

func (v person) says(frame string) {
	v.Helper()
	if err := v.ws.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		v.Fatal(err)
	}
}

// hears waits for a frame.
func (v person) hears(want string) string {
	v.Helper()
	_ = v.ws.SetReadDeadline(time.Now().Add(30 * time.Second))
	for {
		_, frame, err := v.ws.ReadMessage()
		if err != nil {
			v.Fatalf("waiting for %s: %v", want, err)
		}
		if strings.Contains(string(frame), `"t":"`+want+`"`) {
			return string(frame)
		}
	}
}

// enters begins a conversation.
func (v person) enters() person {
	v.Helper()
	v.says(`{"t":"hello","site":"demo"}`)
	v.hears("welcome")
	return v
}

// asks fetches a page of the process on a connection of its own; 0 is one that was cut.
func (p process) asks(t *testing.T, path string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Close = true
	resp, err := (&http.Client{Timeout: 30 * time.Second}).Do(req)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(b)
}

func TestASecondSignalEndsADrainAtOnce(t *testing.T) {
	t.Parallel()
	p := serves(t, "2000")
	c, err := net.Dial("tcp", p.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	// A request that never finishes keeps the drain waiting.
	_, err = io.WriteString(c, "POST /v1/visitor/poll HTTP/1.1\r\nHost: "+p.addr+"\r\nOrigin: http://"+p.addr+"\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(c).ReadString('\n'); err != nil { // 100: it is being read
		t.Fatal(err)
	}
	began := time.Now()
	ended := make(chan error, 1)
	go func() { ended <- p.Wait() }()
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case <-again.C:
			_ = p.Process.Signal(syscall.SIGTERM)
		case err := <-ended:
			if err == nil || time.Since(began) > 8*time.Second {
				t.Errorf("ended after %s with %v, want the signal at once", time.Since(began), err)
			}
			return
		}
	}
}
