using ClosedLoop.Operations.Tests.Support;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Operations.Tests.Bulk;

/// <summary>An installation whose bulk actions take three things at most.</summary>
public sealed class FewAtOnce : ServedHere
{
    protected override OperatorSettings Change(OperatorSettings settings, string folder) => settings with { BulkLimit = 3 };
}
