namespace ClosedLoop.Responses.UserAgents;

internal static partial class PlatformParser
{
    private static readonly (string Token, string Version)[] OldWindows =
    [
        ("Windows XP", "XP"), ("Windows Vista", "Vista"), ("Windows 2000", "2000"), ("Win 9x 4.90", "ME"), ("Windows ME", "ME"), ("Windows 98", "98"), ("Win98", "98"),
        ("Windows 95", "95"), ("Win95", "95"), ("Windows_95", "95"), ("Windows 3.1", "3.1"), ("Win3.1", "3.1"), ("Win16", "3.1"), ("WinNT", "NT"), ("Win32", "95"),
        ("Windows 11", "11"), ("Windows 10", "10"), ("Windows 8.1", "8.1"), ("Windows 8", "8"), ("Windows 7", "7"), ("Windows/11", "11"), ("Windows/10", "10"), ("Windows/8.1", "8.1"),
        ("Windows/8", "8"), ("Windows/7", "7"), ("Win NT", "NT"),
    ];

    private static Product? WindowsPhone(AgentText agent)
    {
        if (agent.Has("Windows Phone"))
            return agent.ProductAfter("Windows Phone OS", "Windows Phone") ?? agent.ProductAfter("Windows Phone", "Windows Phone") ?? new Product("Windows Phone");
        if (agent.HasAny("XBLWP7", "ZuneWP7"))
            return new Product("Windows Phone");
        if (agent.Has("UCWEB") && agent.ProductAfter("; wds", "Windows Phone") is { } device)
            return device;
        if (agent.Has("Windows Mobile"))
            return new Product("Windows Mobile");
        if (agent.HasAny("Windows CE", "WindowsCE"))
            return new Product("Windows", "CE");
        return agent.Has("Windows; PPC") || agent.Has("IEMobile") ? new Product("Windows Mobile") : null;
    }

    private static Product? Windows(AgentText agent)
    {
        // The product's full name comes from the system itself; a kernel beside it may be an old one for compatibility.
        if (agent.VersionAfter("Microsoft Windows") is { } product and ("10" or "11"))
            return new Product("Windows", product);
        if (agent.VersionAfter("Windows NT") is { } kernel || (kernel = agent.VersionAfter("Windows_NT")) is not null || (kernel = agent.VersionAfter("WindowsNT")) is not null)
            return Kernel(agent, kernel);
        foreach (var (token, version) in OldWindows)
        {
            if (agent.Has(token))
                return new Product("Windows", version);
        }
        if (agent.Has("Windows NT"))
            return new Product("Windows", "NT");
        return agent.HasWord("Windows") || agent.Has("Microsoft_Windows") ? new Product("Windows") : null;
    }

    // The number of the kernel, which is not that of the product. Windows 11 still says 10.0.
    private static Product Kernel(AgentText agent, string kernel)
    {
        var isArm = agent.HasAny("; ARM;", "; ARM)");
        return new Product("Windows", kernel switch
        {
            _ when kernel.StartsWith("4.", StringComparison.Ordinal) || kernel == "4" => "NT",
            "5.0" or "5.01" => "2000",
            "5.1" or "5.2" => "XP",
            "6.0" => "Vista",
            "6.1" => "7",
            "6.2" => isArm ? "RT" : "8",
            "6.3" => isArm ? "RT 8.1" : "8.1",
            "6.4" or "10.0" or "10" => "10",
            "11.0" or "11" => "11",
            _ when kernel.StartsWith("10.0.", StringComparison.Ordinal) => "10",
            _ => "",
        });
    }
}
