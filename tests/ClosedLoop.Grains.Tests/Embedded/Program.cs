namespace ClosedLoop.Grains.Tests;

/// <summary>The second process of <see cref="ExclusiveOwnerTests"/>: holds the lock until its input ends.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is not ["hold", var path])
            return 2;
        await using var host = await EmbeddedGrainHost.StartAsync(options =>
        {
            options.UseMemory();
            options.Owner = new LockFileOwner(path);
        });
        Console.WriteLine("held");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
