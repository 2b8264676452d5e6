using System.Reflection;
using ClosedLoop.Testing.Servers;
using Xunit.Sdk;

namespace ClosedLoop.Data.Tests;

/// <summary>Runs a theory on PostgreSQL: the kind of database first, then the given values. Skipped, with what to install, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OnPostgresAttribute : DataAttribute
{
    private readonly object[] _values;

    public OnPostgresAttribute(params object[] values) => (_values, Skip) = (values, PostgresServer.WhyNot());

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseKind.Postgres, .. _values]];
}
