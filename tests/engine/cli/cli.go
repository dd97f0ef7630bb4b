//go:build tools

// Package cli names what go.mod locks: the Pulumi CLI, whose engine the tests run.
package cli

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
