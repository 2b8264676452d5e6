using System.Reflection;
using Xunit.Sdk;

namespace ClosedLoop.Data.Tests;

/// <summary>Runs a theory on SQLite: the kind of database first, then the given values.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OnSqliteAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseKind.Sqlite, .. values]];
}
