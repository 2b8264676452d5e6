using System.CommandLine;

namespace ClosedLoop.Silo.Commands;

/// <summary>An option that means the same in every command that has it, so that one variable (<c>CLOSEDLOOP_DATA</c>) may stand for it in all of them.</summary>
internal sealed class EveryCommandOption<T>(string name) : Option<T>(name), IEveryCommandOption;
