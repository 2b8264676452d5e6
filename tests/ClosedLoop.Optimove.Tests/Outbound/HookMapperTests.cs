using System.Text.Json.Nodes;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Outbound;

namespace ClosedLoop.Optimove.Tests.Outbound;

/// <summary>Events become attributes.</summary>
public sealed class HookMapperTests
{
    [Fact]
    public void Values_are_written_as_every_machine_reads_them()
    {
        var hook = Hook(clearOnNull: false, "a", "b.c", "d", "e", "nothing", "missing", "list");
        var values = HookMapper.Map([hook], new HookEvent("X", "cust-1", JsonNode.Parse("""{ "A": true, "b": { "C": 1.50 }, "d": "text", "e": 7, "nothing": null, "list": [1] }""")!.AsObject()));
        Assert.Equal([("a", "true"), ("b.c", "1.50"), ("d", "text"), ("e", "7")], values);
    }

    [Fact]
    public void Null_clears_where_the_hook_says_so() =>
        Assert.Equal([("nothing", "")], HookMapper.Map([Hook(clearOnNull: true, "nothing", "missing")], new HookEvent("x", "cust-1", new JsonObject { ["nothing"] = null })));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Nobody_is_nobody(string? id) => Assert.Empty(HookMapper.Map([Hook(clearOnNull: true, "a")], new HookEvent("X", id, new JsonObject { ["a"] = 1 })));

    [Fact]
    public void A_long_value_is_cut() =>
        Assert.Equal(HookMapper.LongestValue, HookMapper.Map([Hook(clearOnNull: false, "a")], new HookEvent("X", "c", new JsonObject { ["a"] = new string('x', HookMapper.LongestValue + 1) })).Single().Value.Length);

    private static OptimoveHook Hook(bool clearOnNull, params string[] paths) =>
        new() { Name = "hook", Event = "X", ClearOnNull = clearOnNull, Fields = [.. paths.Select(path => new OptimoveHookField { Path = path, RealFieldName = path })] };
}
