// Command config reads a compose file as `docker compose config --profile '*'` does, by the same library,
// and writes what Docker would run. Ends with 1 and the reason if the file can't be used.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("one compose file is needed, got %d arguments", len(os.Args)-1))
	}
	project, err := read(os.Args[1])
	if err != nil {
		fail(err)
	}
	yaml, err := project.MarshalYAML()
	if err != nil {
		fail(err)
	}
	fmt.Print(string(yaml))
}

func read(file string) (*types.Project, error) {
	options, err := cli.NewProjectOptions(
		[]string{file}, cli.WithOsEnv, cli.WithDotEnv, cli.WithResolvedPaths(true), cli.WithProfiles([]string{"*"}))
	if err != nil {
		return nil, err
	}
	return options.LoadProject(context.Background())
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "config:", err)
	os.Exit(1)
}
