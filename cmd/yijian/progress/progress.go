// Package progress tells on a terminal, or in a log, how far a long run is.
package progress

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// sayEvery is how often progress is told where no bar can be drawn.
const sayEvery = 5 * time.Second

// On returns what shows how many of all things are done: a bar on a terminal, elsewhere a
// line now and then, so that a log stays readable.
func On(w io.Writer, what string, all int) func(done int) {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		bar := progressbar.NewOptions(all, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(), progressbar.OptionSetWidth(40), progressbar.OptionClearOnFinish())
		return func(done int) {
			// A terminal that went away is no reason to stop, here and below.
			_ = bar.Set(done)
		}
	}
	said := time.Now()
	return func(done int) {
		if now := time.Now(); now.Sub(said) >= sayEvery || done == all {
			said = now
			_, _ = fmt.Fprintf(w, "%d of %d %s\n", done, all, what)
		}
	}
}
