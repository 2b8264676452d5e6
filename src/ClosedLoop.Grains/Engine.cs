// The one place that says which engine the grain code is compiled for (MSBuild property Engine). Every project with grain code
// compiles this file too; see docs/decisions/001-two-engines.md.
#pragma warning disable IDE0005 // not every project uses every one of these
#if ENGINE_ORLEANS
global using Orleans;
global using Orleans.Concurrency;
global using Orleans.Runtime;
global using Orleans.Storage;
#else
global using ClosedLoop.Grains.Embedded;
#endif
