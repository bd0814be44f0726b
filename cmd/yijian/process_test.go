package main

import (
	"bufio"
	"errors"
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

// serves starts the program, which this binary is for its children (see TestMain), under a descriptor limit and returns it with its address.
func serves(t *testing.T, descriptors string) (cmd *exec.Cmd, addr string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.CommandContext(t.Context(), "sh", "-c", `ulimit -n "$0"; exec "$@"`, descriptors,
		self, "serve", "--listen", "127.0.0.1:0", "--db", t.TempDir()+"/x.db")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, url, found := strings.Cut(lines.Text(), "http://localhost:"); found && addr == "" {
			addr = "127.0.0.1:" + strings.TrimRight(url, "/")
		}
		if strings.Contains(lines.Text(), "Ctrl-C") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return cmd, addr
		}
	}
	t.Fatal("the program ended before it served")
	return nil, ""
}

func TestAtItsDescriptorLimitAProcessLivesOnAndSIGTERMSaysBye(t *testing.T) {
	t.Parallel()
	cmd, addr := serves(t, "200")
	ws, resp, err := websocket.DefaultDialer.DialContext(t.Context(), "ws://"+addr+"/v1/visitor", http.Header{"Origin": {"http://" + addr}})
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	defer ws.Close()
	hears := func(want string) string {
		t.Helper()
		_ = ws.SetReadDeadline(time.Now().Add(30 * time.Second))
		for {
			_, frame, err := ws.ReadMessage()
			if err != nil {
				t.Fatalf("waiting for %s: %v", want, err)
			}
			if strings.Contains(string(frame), `"t":"`+want+`"`) {
				return string(frame)
			}
		}
	}
	_ = ws.WriteMessage(websocket.TextMessage, []byte(`{"t":"hello","site":"demo"}`))
	hears("welcome")
	for range 400 {
		if c, err := net.DialTimeout("tcp", addr, 5*time.Second); err == nil {
			t.Cleanup(func() { _ = c.Close() })
		}
	}
	_ = ws.WriteMessage(websocket.TextMessage, []byte(`{"t":"message","id":"a","text":"still here"}`))
	hears("ack")
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if bye := hears("bye"); !strings.Contains(bye, `"retry_ms":`) {
		t.Errorf("got %s, want a time to come back", bye)
	}
	_, _, err = ws.ReadMessage()
	if closed, ok := errors.AsType[*websocket.CloseError](err); !ok || closed.Code != 3000 {
		t.Errorf("got %v, want 3000", err)
	}
	_ = ws.Close()
	if err := cmd.Wait(); err != nil {
		t.Errorf("ended with %v, want 0", err)
	}
}

func TestASecondSignalEndsADrainAtOnce(t *testing.T) {
	t.Parallel()
	cmd, addr := serves(t, "2000")
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	// A request that never finishes keeps the drain waiting.
	_, err = io.WriteString(c, "POST /v1/visitor/poll HTTP/1.1\r\nHost: "+addr+"\r\nOrigin: http://"+addr+"\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(c).ReadString('\n'); err != nil { // 100: it is being read
		t.Fatal(err)
	}
	began := time.Now()
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case <-again.C:
			_ = cmd.Process.Signal(syscall.SIGTERM)
		case err := <-ended:
			if err == nil || time.Since(began) > 8*time.Second {
				t.Errorf("ended after %s with %v, want the signal at once", time.Since(began), err)
			}
			return
		}
	}
}
