using ClosedLoop.Model.Events;
using ClosedLoop.Responses.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests.Spool;

public sealed class EventSpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FailingSpoolFile.Disk _disk = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_come_back_in_order_and_over_a_restart()
    {
        SpoolPosition middle;
        await using (var spool = Open())
        {
            for (var i = 0; i < 10; i++)
                await spool.AppendAsync(Event(i));
            middle = spool.ReadBatch(default, 4).Next;
        }
        await using var again = Open();
        await again.AppendAsync(Event(10));
        var rest = again.ReadBatch(middle, 100);
        Assert.Equal(Enumerable.Range(4, 7).Select(i => (long)i), rest.Events.Select(e => e.RecipientSequence));
        Assert.Empty(again.ReadBatch(rest.Next, 100).Events);
        Assert.Equal(0, again.BytesAfter(rest.Next));
        Assert.Equal(11, again.ReadBatch(default, 100).Events.Count);
    }

    [Fact]
    public async Task Appends_that_wait_together_share_a_flush()
    {
        await using var spool = Open();
        _disk.MayWrite.Reset();
        var appends = Enumerable.Range(0, 5000).Select(i => spool.AppendAsync(Event(i))).ToArray();
        Assert.DoesNotContain(appends, append => append.IsCompleted);
        Assert.Empty(spool.ReadBatch(default, 10).Events);
        _disk.MayWrite.Set();
        await Task.WhenAll(appends);
        Assert.InRange(_disk.FlushCount, 1, 3);
        Assert.Equal(5000, spool.ReadBatch(default, 10_000).Events.Count);
    }

    [Fact]
    public async Task Segments_rotate_and_only_confirmed_ones_are_deleted()
    {
        await using var spool = Open(segmentBytes: 1024);
        for (var i = 0; i < 200; i++)
            await spool.AppendAsync(Event(i));
        var before = Segments().Length;
        Assert.InRange(before, 5, 20);
        var half = spool.ReadBatch(default, 100);
        Assert.Equal(before, Segments().Length);
        spool.Confirm(half.Next);
        Assert.InRange(Segments().Length, 2, before - 3);
        var rest = spool.ReadBatch(half.Next, 1000);
        Assert.Equal(100, rest.Events.Count);
        Assert.Equal(100, rest.Events[0].RecipientSequence);
        spool.Confirm(rest.Next);
        Assert.Single(Segments());
        await spool.AppendAsync(Event(200));
        Assert.Equal(200, Assert.Single(spool.ReadBatch(rest.Next, 10).Events).RecipientSequence);
    }

    [Fact]
    public async Task Every_torn_tail_keeps_the_records_before_it()
    {
        await using (var spool = Open())
        {
            for (var i = 0; i < 3; i++)
                await spool.AppendAsync(Event(i));
        }
        var path = Assert.Single(Segments());
        var whole = await File.ReadAllBytesAsync(path);
        var record = whole.Length / 3;
        for (var cut = record * 2; cut < whole.Length; cut++)
        {
            await File.WriteAllBytesAsync(path, whole[..cut]);
            await CheckTwoRecordsAsync(path, record);
            await File.WriteAllBytesAsync(path, [.. whole[..cut], .. new byte[whole.Length - cut]]);
            await CheckTwoRecordsAsync(path, record);
        }
    }

    [Fact]
    public async Task Damage_in_the_middle_costs_only_the_damaged_records()
    {
        await using (var spool = Open())
        {
            for (var i = 0; i < 10; i++)
                await spool.AppendAsync(Event(i));
        }
        var path = Assert.Single(Segments());
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[(bytes.Length / 10 * 4) + 20] ^= 0x10;
        await File.WriteAllBytesAsync(path, bytes);
        await using var again = Open();
        var batch = again.ReadBatch(default, 100);
        Assert.Equal([0, 1, 2, 3, 5, 6, 7, 8, 9], batch.Events.Select(e => (int)e.RecipientSequence));
        Assert.Equal(bytes.Length / 10, batch.DamagedBytes);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_failing_disk_refuses_and_recovers_without_losing_what_it_took(bool flush, bool cutFails)
    {
        await using (var spool = Open())
        {
            await spool.AppendAsync(Event(0));
            (_disk.Full, _disk.FlushFails, _disk.CutFails) = (!flush, flush, cutFails);
            for (var i = 0; i < 3; i++)
            {
                var fault = await Assert.ThrowsAsync<SpoolException>(() => spool.AppendAsync(Event(100)));
                Assert.Equal(SpoolError.WriteFailed, fault.Error);
                Assert.True(fault.Temporary);
            }
            (_disk.Full, _disk.FlushFails, _disk.CutFails) = (false, false, false);
            await spool.AppendAsync(Event(1));
            Assert.Equal([0, 1], spool.ReadBatch(default, 10).Events.Select(e => (int)e.RecipientSequence));
            if (!cutFails)
                Assert.Equal(2, Segments().Length);
        }
        await using var again = Open();
        var after = again.ReadBatch(default, 10).Events.Select(e => (int)e.RecipientSequence);
        Assert.Equal([0, 1], after.Where(sequence => sequence != 100));
    }

    [Fact]
    public async Task A_record_one_byte_too_long_is_refused()
    {
        await using var spool = Open();
        await spool.Append(new byte[16 * 1024]);
        var fault = await Assert.ThrowsAsync<SpoolException>(() => spool.Append(new byte[(16 * 1024) + 1]));
        Assert.Equal(SpoolError.RecordTooLarge, fault.Error);
        Assert.Equal(1, spool.ReadBatch(default, 10).UnknownRecords);
    }

    [Fact]
    public async Task A_queue_one_byte_too_long_is_refused_and_drains()
    {
        const int Limit = 32 * 1024;
        await using var spool = Open(maxUnsyncedBytes: Limit);
        _disk.MayWrite.Reset();
        var first = spool.Append(new byte[16 * 1024]);
        var second = spool.Append(new byte[Limit - (16 * 1024) - 16]);
        var fault = await Assert.ThrowsAsync<SpoolException>(() => spool.Append(new byte[1]));
        Assert.Equal(SpoolError.QueueFull, fault.Error);
        _disk.MayWrite.Set();
        await Task.WhenAll(first, second);
        await WaitAsync(() => spool.Append(new byte[1]).IsFaulted == false);
    }

    [Fact]
    public async Task A_second_opener_is_refused_and_a_closed_spool_too()
    {
        var spool = Open();
        Assert.Equal(SpoolError.InUse, Assert.Throws<SpoolException>(() => Open()).Error);
        await spool.DisposeAsync();
        Assert.Equal(SpoolError.Closed, (await Assert.ThrowsAsync<SpoolException>(() => spool.AppendAsync(Event(1)))).Error);
        await using var again = Open();
    }

    [Fact]
    public async Task A_position_of_another_spool_is_refused()
    {
        await using var spool = Open();
        await spool.AppendAsync(Event(1));
        var fault = Assert.Throws<SpoolException>(() => spool.ReadBatch(new SpoolPosition(long.MaxValue, 0), 1));
        Assert.Equal(SpoolError.UnknownPosition, fault.Error);
    }

    [Fact]
    public async Task An_emptied_folder_does_not_hide_new_events_behind_an_old_position()
    {
        SpoolPosition drained;
        await using (var spool = Open())
        {
            await spool.AppendAsync(Event(1));
            drained = spool.ReadBatch(default, 10).Next;
        }
        File.Delete(Assert.Single(Segments()));
        await using var again = Open();
        Assert.Empty(again.ReadBatch(drained, 10).Events);
        await again.AppendAsync(Event(2));
        Assert.Equal(2, Assert.Single(again.ReadBatch(drained, 10).Events).RecipientSequence);
    }

    [Fact]
    public async Task A_waiting_drain_is_woken()
    {
        await using var spool = Open();
        var waiting = spool.WaitForMoreAsync(default, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await spool.AppendAsync(Event(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(spool.WaitForMoreAsync(default, CancellationToken.None).IsCompletedSuccessfully);
        using var cancelled = new CancellationTokenSource();
        var second = spool.WaitForMoreAsync(spool.ReadBatch(default, 10).Next, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    private async Task CheckTwoRecordsAsync(string path, int recordLength)
    {
        await using (var spool = Open())
            Assert.Equal(2, spool.ReadBatch(default, 10).Events.Count);
        Assert.Equal(recordLength * 2, new FileInfo(path).Length);
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static TrackedEvent Event(int sequence) => new(TrackedEventKind.Click, 71000000123, sequence, 3, 1_772_443_878_000_000, "Mozilla/5.0");

    private string[] Segments() => Directory.GetFiles(_folder.Path, "*.spool");

    private EventSpool Open(long segmentBytes = 1 << 20, int maxUnsyncedBytes = 8 << 20) =>
        EventSpool.Open(
            new EventSpoolOptions { Directory = _folder.Path, SegmentBytes = segmentBytes, MaxUnsyncedBytes = maxUnsyncedBytes },
            TimeProvider.System,
            NullLogger.Instance,
            path => new FailingSpoolFile(path, _disk));
}
