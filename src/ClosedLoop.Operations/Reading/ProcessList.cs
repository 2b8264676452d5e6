using System.Globalization;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Reading;

/// <summary>The processes of the installation, and how many of them answer.</summary>
/// <param name="Processes">Those that answer first, then by name.</param>
/// <param name="At">As of when; <c>null</c> when they could not be asked after yet.</param>
/// <param name="Fault">Why they cannot be told as of this moment; <c>null</c> when they can.</param>
public sealed record ProcessList(IReadOnlyList<SeenProcess> Processes, DateTimeOffset? At, string? Fault)
{
    /// <summary>Those that should answer and do not.</summary>
    public IReadOnlyList<SeenProcess> Silent => [.. Processes.Where(process => process.State == ProcessState.Silent)];

    /// <summary>Those that should answer: all but the ones that were stopped.</summary>
    public int Expected => Processes.Count(process => process.State != ProcessState.Stopped);

    public int Answering => Expected - Silent.Count;

    /// <summary>How many answer, where not all do; <c>null</c> otherwise.</summary>
    public string? Shortfall => Silent.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{Answering} of {Expected} processes {(Answering == 1 ? "answers" : "answer")}");
}
