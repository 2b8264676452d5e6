using ClosedLoop.Data.Access;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Bulk;

namespace ClosedLoop.Operations.Tests.Bulk;

public sealed class BulkLimitTests(FewAtOnce served) : IClassFixture<FewAtOnce>
{
    [Fact]
    public void A_job_takes_as_many_as_the_setting_says_and_not_one_more()
    {
        var caller = new Caller("test", OperatorRole.Operator, "test", null, "request");
        var planner = served.Get<BulkPlanner>();
        Assert.Null(planner.Plan(caller, BulkKind.Block, "demo", ["a@example.org", "b@example.org", "c@example.org"]).Fault);
        var fault = planner.Plan(caller, BulkKind.Block, "demo", ["a@example.org", "b@example.org", "c@example.org", "d@example.org"]).Fault;
        Assert.Equal("CL9564", fault!.Code);
        Assert.Contains("at most 3", fault.Text, StringComparison.Ordinal);
    }
}
