namespace ClosedLoop.Grains.Zones;

/// <summary>One poller per folder of orders in the whole cluster; key: the client's key.</summary>
[Alias("ClosedLoop.OrderZone")]
public interface IOrderZoneGrain : IGrainWithStringKey
{
    /// <summary>Takes up what a crash left behind and polls while the account has its folder enabled. Starting twice does nothing the second time.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>Looks into the folder now, and accepts one semaphore at most.</summary>
    [Alias("Poll")]
    Task PollAsync();

    /// <summary>Starts deliveries whose time has come now.</summary>
    [Alias("Drive")]
    Task DriveAsync();
}
