using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Tests.Machine;

/// <summary>What is told of the processes that share the work, by what is on record of them.</summary>
public sealed class ProcessListTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_that_was_taken_for_dead_is_missed_and_one_that_was_stopped_is_not()
    {
        var list = List(Seen("a", 1), Seen("b", 2), Seen("c", 3, ProcessState.Silent), Seen("d", 4, ProcessState.Stopped));
        Assert.Equal("2 of 3 processes answer", list.Shortfall);
        Assert.Equal(["c"], list.Silent.Select(process => process.Name));
        Assert.Equal(["a", "b", "c", "d"], list.Processes.Select(process => process.Name));
        Assert.Equal("1 of 2 processes answers", List(Seen("a", 1), Seen("b", 2, ProcessState.Silent)).Shortfall);
        Assert.Null(List(Seen("a", 1), Seen("d", 4, ProcessState.Stopped)).Shortfall);
    }

    [Fact]
    public void Without_a_sign_of_life_for_longer_than_a_minute_one_is_silent_whatever_the_record_says()
    {
        Assert.Equal(ProcessState.Working, State(ProcessReader.Quiet));
        Assert.Equal(ProcessState.Silent, State(ProcessReader.Quiet + TimeSpan.FromSeconds(1)));
        static ProcessState State(TimeSpan ago) => Assert.Single(ProcessReader.Judge([Seen("a", 1, ago: ago)], Now)).State;
    }

    [Fact]
    public void One_that_ended_longer_than_a_day_ago_is_not_told()
    {
        foreach (var state in new[] { ProcessState.Silent, ProcessState.Stopped, ProcessState.Working })
        {
            Assert.Single(ProcessReader.Judge([Seen("a", 1, state, ProcessReader.Kept - TimeSpan.FromSeconds(1))], Now));
            Assert.Empty(ProcessReader.Judge([Seen("a", 1, state, ProcessReader.Kept)], Now));
        }
    }

    [Fact]
    public void One_that_has_come_back_is_told_once()
    {
        // At its address, whatever it was called.
        Assert.Equal(["new"], Names(Seen("old", 1, ProcessState.Silent, up: 3), Seen("new", 1, up: 1)));

        // Under its name on its machine, where addresses come and go.
        Assert.Equal(["10.0.0.2:11111"], Addresses(Seen("a", 1, ProcessState.Silent, up: 3), Seen("a", 2, up: 1)));

        // Two at once under one name are two, and so is one that has ended beside another on one machine.
        Assert.Equal(2, Names(Seen("a", 1, up: 3), Seen("a", 2, up: 1)).Count);
        Assert.Equal(2, Names(Seen("a", 1, ProcessState.Silent, up: 3), Seen("a", 1, up: 1, port: 11112)).Count);

        static List<string> Names(params SeenProcess[] seen) => [.. ProcessReader.Judge(seen, Now).Select(process => process.Name)];
        static List<string?> Addresses(params SeenProcess[] seen) => [.. ProcessReader.Judge(seen, Now).Select(process => process.Address)];
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_says_so_and_one_that_hangs_is_not_waited_for()
    {
        var fault = await new ProcessReader(new Record(() => throw new InvalidDataException("no table")), new Figures(TimeProvider.System), TimeProvider.System).ReadAsync();
        Assert.Equal(("The record of the processes cannot be read: no table", 0), (fault.Fault, fault.Processes.Count));

        using var end = new ManualResetEventSlim();
        var hanging = await new ProcessReader(
            new Record(() =>
            {
                end.Wait();
                return [];
            }), new Figures(TimeProvider.System), TimeProvider.System).ReadAsync();
        Assert.Equal("The record of the processes has not answered yet.", hanging.Fault);
        end.Set();
    }

    [Fact]
    public async Task When_the_record_goes_away_what_was_read_last_stands_and_nobody_falls_silent_by_that()
    {
        var clock = new SettableClock(Now);
        var reads = 0;
        var reader = new ProcessReader(new Record(() => reads++ == 0 ? new[] { Seen("a", 1) } : throw new InvalidDataException("gone")), new Figures(clock), clock);
        await Eventually.ThatAsync("a first reading", async () => (await reader.ReadAsync()).At == Now);
        clock.Now += TimeSpan.FromHours(1);
        await Eventually.ThatAsync("a second, which fails", async () => (await reader.ReadAsync(), reads).reads > 1);
        var list = await reader.ReadAsync();
        Assert.Equal((Now, ProcessState.Working), (list.At, Assert.Single(list.Processes).State));
        Assert.Equal("The record of the processes does not answer; this is what it said last.", list.Fault);
    }

    private static ProcessList List(params SeenProcess[] seen) => new(ProcessReader.Judge(seen, Now), Now, Fault: null);

    private static SeenProcess Seen(string name, int machine, ProcessState state = ProcessState.Working, TimeSpan ago = default, int up = 1, int port = 11111) =>
        new(name, "host", $"10.0.0.{machine}:{port}", "All", "1.0", Now.AddHours(-up), Now - ago, state, IsThis: false);

    private sealed class Record(Func<IReadOnlyList<SeenProcess>> read) : IProcesses
    {
        public IReadOnlyList<SeenProcess> All() => read();
    }
}
