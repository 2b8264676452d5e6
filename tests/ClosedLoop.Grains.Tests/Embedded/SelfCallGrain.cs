namespace ClosedLoop.Grains.Tests;

public interface ISelfCallGrain : IGrainWithStringKey
{
    Task Go(int times);
}

/// <summary>Each call starts the next one and ends without waiting for it.</summary>
public sealed class SelfCallGrain : Grain, ISelfCallGrain
{
    public static int LongestChain { get; private set; }

    public Task Go(int times)
    {
        var length = 0;
        for (var call = GrainCall.Current; call is not null; call = call.Caller)
            length++;
        LongestChain = Math.Max(LongestChain, length);
        if (times == 0)
            Probe.Of(this.GetPrimaryKeyString()).Note("done");
        else
            _ = GrainFactory.GetGrain<ISelfCallGrain>(this.GetPrimaryKeyString()).Go(times - 1);
        return Task.CompletedTask;
    }
}
