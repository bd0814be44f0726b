package wire_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/web/wire"
)

// golden is read by the TypeScript tests as well; DIR is in, out, agent-in or agent-out.
const golden = "testdata/frames.json"

var update = flag.Bool("update", false, "write testdata/frames.json anew from what is in it")

type sample struct {
	Name  string          `json:"name"`
	Dir   string          `json:"dir"`
	Frame json.RawMessage `json:"frame"`
}

// outFrames are the types behind the server's frames. Visitors and agents share most of them.
var outFrames = map[string]any{
	"welcome": wire.Welcome{}, "event": wire.Event{}, "ack": wire.Ack{}, "queue": wire.Queue{},
	"history": wire.History{}, "typing": wire.Typing{}, "error": wire.Error{}, "bye": wire.Bye{}, "pong": wire.Simple{},
	"idle": wire.Idle{}, "delta": wire.Delta{},
	"snapshot": wire.Snapshot{}, "offer": wire.Offer{}, "offer_gone": wire.OfferGone{},
	"session": wire.Session{}, "queues": wire.Queues{}, "seat": wire.SeatFrame{},
	"seats": wire.Seats{}, "callbacks": wire.Callbacks{}, "consult": wire.Consult{},
}

func TestGoldenFramesSurviveTheCodecByteForByte(t *testing.T) {
	t.Parallel()
	all := samples(t)
	for i, s := range all {
		written := reencode(t, s)
		if *update {
			all[i].Frame = written
			continue
		}
		if diff := cmp.Diff(compact(t, s.Frame), string(written)); diff != "" {
			t.Errorf("%s: frame changed; run go test ./web/wire -update if that is meant (-want +got):\n%s", s.Name, diff)
		}
	}
	if *update {
		writeSamples(t, all)
	}
}

func TestGoldenNamesAreUniqueAndDirectionsKnown(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range samples(t) {
		if seen[s.Name] {
			t.Errorf("two samples are called %q", s.Name)
		}
		seen[s.Name] = true
		switch s.Dir {
		case "in", "out", "agent-in", "agent-out":
		default:
			t.Errorf("%s: the direction %q is none of in, out, agent-in, agent-out", s.Name, s.Dir)
		}
	}
}

func TestEveryFrameOfTheProtocolHasAGoldenSample(t *testing.T) {
	t.Parallel()
	have := map[string]bool{}
	for _, s := range samples(t) {
		have[s.Dir+" "+frameType(t, s)] = true
	}
	documented := protocolFrames(t)
	for frame := range documented {
		if !have[frame] {
			t.Errorf("docs/PROTOCOL.md names %q, but %s has no sample of it", frame, golden)
		}
	}
	for frame := range have {
		if !documented[frame] {
			t.Errorf("%s has %q, but docs/PROTOCOL.md does not name it", golden, frame)
		}
	}
}

func reencode(t *testing.T, s sample) []byte {
	t.Helper()
	if strings.HasSuffix(s.Dir, "in") {
		in, err := wire.Decode(s.Frame)
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		return wire.Encode(in)
	}
	frame, known := outFrames[frameType(t, s)]
	if !known {
		t.Fatalf("%s: no Go type for this frame; add it to outFrames", s.Name)
	}
	value := reflect.New(reflect.TypeOf(frame))
	dec := json.NewDecoder(bytes.NewReader(s.Frame))
	dec.DisallowUnknownFields()
	if err := dec.Decode(value.Interface()); err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	return wire.Encode(value.Elem().Interface())
}

func samples(t testing.TB) []sample {
	t.Helper()
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var all []sample
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// writeSamples puts one sample on a line, so that a change of one frame is a diff of one line.
func writeSamples(t *testing.T, all []sample) {
	t.Helper()
	lines := make([]string, len(all))
	for i, s := range all {
		lines[i] = fmt.Sprintf(`  {"name": %q, "dir": %q, "frame": %s}`, s.Name, s.Dir, s.Frame)
	}
	text := "[\n" + strings.Join(lines, ",\n") + "\n]\n"
	if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func compact(t *testing.T, frame []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, frame); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func frameType(t *testing.T, s sample) string {
	t.Helper()
	var frame wire.Simple
	if err := json.Unmarshal(s.Frame, &frame); err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	return frame.T
}

// protocolFrames reads the names of all frames out of the tables of docs/PROTOCOL.md, with their
// directions, such as "agent-out offer".
func protocolFrames(t *testing.T) map[string]bool {
	t.Helper()
	data, err := os.ReadFile("../../docs/PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile("`([a-z_]+)`")
	found := map[string]bool{}
	socket, dir := "", ""
	for line := range strings.SplitSeq(string(data), "\n") {
		switch cell, _, _ := strings.Cut(strings.TrimPrefix(line, "|"), "|"); {
		case strings.HasPrefix(line, "## Agent socket"):
			socket, dir = "agent-", ""
		case strings.HasPrefix(line, "| → frame"):
			dir = "in"
		case strings.HasPrefix(line, "| ← frame"):
			dir = "out"
		case !strings.HasPrefix(line, "|"):
			dir = ""
		case dir != "":
			for _, match := range name.FindAllStringSubmatch(cell, -1) {
				found[socket+dir+" "+match[1]] = true
			}
		}
	}
	return found
}
