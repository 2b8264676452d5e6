using ClosedLoop.Testing.Verdicts;

namespace ClosedLoop.Conformance;

/// <summary>How well machines' opens and clicks are told from people's, by the labelled corpus in <c>tests/Shared/Verdicts</c>.</summary>
internal static class VerdictCases
{
    public static int Run(TextWriter output)
    {
        VerdictTable.OfCorpus().Write(output);
        return 0;
    }
}
