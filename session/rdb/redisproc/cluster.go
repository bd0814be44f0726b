package redisproc

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// Masters is how many masters a cluster has; each has one replica.
const Masters = 3

const slots = 16384

// Cluster is a Redis Cluster of three masters and three replicas.
type Cluster struct {
	Servers []*Server
}

// ClusterOptions say how to start a cluster.
type ClusterOptions struct {
	// Args are settings of every server, given its port.
	Args func(port int) []string
	// TLS is how to talk to servers that Args tell to speak TLS.
	TLS *tls.Config
}

// StartCluster starts the servers with the configuration of a cluster that is formed already: they
// need not meet, and nothing depends on how fast gossip travels. Stop the cluster on an error too.
func StartCluster(ctx context.Context, o ClusterOptions) (*Cluster, error) {
	c := &Cluster{}
	members, err := newMembers()
	if err != nil {
		return c, err
	}
	for i, m := range members {
		s, err := m.start(members, o)
		if s != nil {
			c.Servers = append(c.Servers, s)
		}
		if err != nil {
			return c, fmt.Errorf("starting server %d of a cluster: %w", i, err)
		}
	}
	return c, c.AwaitFormed(ctx)
}

// AwaitFormed waits until every master can be used, and replaced.
func (c *Cluster) AwaitFormed(ctx context.Context) error {
	for _, s := range c.Servers {
		if err := s.Await(ctx, isFormed); err != nil {
			return err
		}
	}
	return nil
}

// Addrs are the addresses of all servers, with commas between.
func (c *Cluster) Addrs() string {
	addrs := make([]string, len(c.Servers))
	for i, s := range c.Servers {
		addrs[i] = s.Addr
	}
	return strings.Join(addrs, ",")
}

// At returns the server at an address, or nil.
func (c *Cluster) At(addr string) *Server {
	for _, s := range c.Servers {
		if s.Addr == addr {
			return s
		}
	}
	return nil
}

// Masters returns the servers that say of themselves that they are masters, in the order of starting.
func (c *Cluster) Masters(ctx context.Context) []*Server {
	var out []*Server
	for _, s := range c.Servers {
		client := s.Client()
		info, err := client.Info(ctx, "replication").Result()
		_ = client.Close()
		if err == nil && strings.Contains(info, "role:master") {
			out = append(out, s)
		}
	}
	return out
}

// Stop ends all servers.
func (c *Cluster) Stop() {
	for _, s := range c.Servers {
		s.Stop()
	}
}

// member is a server of a cluster as the others know it.
type member struct {
	id        string
	port, bus int
	role      string // the end of its line in nodes.conf
}

func newMembers() ([]member, error) {
	out := make([]member, 2*Masters)
	for i := range out {
		id := make([]byte, 20)
		_, _ = rand.Read(id)
		port, err := Port()
		if err != nil {
			return nil, err
		}
		bus, err := Port()
		if err != nil {
			return nil, err
		}
		out[i] = member{id: hex.EncodeToString(id), port: port, bus: bus}
		n := i % Masters
		if i < Masters {
			out[i].role = fmt.Sprintf("master - 0 0 %d connected %d-%d", n+1, n*slots/Masters, (n+1)*slots/Masters-1)
		} else {
			out[i].role = fmt.Sprintf("slave %s 0 0 %d connected", out[n].id, n+1)
		}
	}
	return out, nil
}

// start writes what the server would remember of the cluster, and starts it.
func (m member) start(all []member, o ClusterOptions) (*Server, error) {
	dir, err := Dir()
	if err != nil {
		return nil, err
	}
	var conf strings.Builder
	for _, other := range all {
		myself := ""
		if other.id == m.id {
			myself = "myself,"
		}
		fmt.Fprintf(&conf, "%s 127.0.0.1:%d@%d %s%s\n", other.id, other.port, other.bus, myself, other.role)
	}
	fmt.Fprintf(&conf, "vars currentEpoch %d lastVoteEpoch 0\n", Masters)
	if err := os.WriteFile(filepath.Join(dir, "nodes.conf"), []byte(conf.String()), 0o600); err != nil {
		return nil, err
	}
	args := []string{
		"--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-port", strconv.Itoa(m.bus),
		"--cluster-node-timeout", "2000", "--cluster-replica-validity-factor", "0",
		"--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1",
	}
	if o.Args != nil {
		args = append(args, o.Args(m.port)...)
	}
	return Start(Options{Dir: dir, Port: m.port, Args: args, TLS: o.TLS})
}

// isFormed reports what is missing until a server of the cluster can be used, and replaced.
func isFormed(ctx context.Context, c *redis.Client) error {
	info, err := c.ClusterInfo(ctx).Result()
	if err != nil {
		return err
	}
	if !strings.Contains(info, "cluster_state:ok") || !strings.Contains(info, "cluster_known_nodes:6") {
		return errors.New(info)
	}
	owners, err := c.ClusterSlots(ctx).Result() //nolint:staticcheck // it is what the cluster client asks
	if err != nil {
		return err
	}
	if len(owners) != Masters {
		return fmt.Errorf("%d owners of slots", len(owners))
	}
	for _, o := range owners {
		if len(o.Nodes) != 2 {
			return errors.New("a master is without its replica")
		}
	}
	repl, err := c.Info(ctx, "replication").Result()
	if err != nil {
		return err
	}
	if !strings.Contains(repl, "master_link_status:up") && !strings.Contains(repl, "state=online") {
		return errors.New(repl)
	}
	return nil
}
