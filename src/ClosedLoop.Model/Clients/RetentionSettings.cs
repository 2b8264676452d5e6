namespace ClosedLoop.Model.Clients;

/// <summary>How long files and what is known of recipients are kept (closed-loop spec section 18).</summary>
public sealed record RetentionSettings
{
    /// <summary>
    /// Days after which logs, response files, archived recipient files and error files go, and after the end of a mailing its recipients, events and responses.
    /// 14 to 30.
    /// </summary>
    public int Days { get; init; } = 30;

    /// <summary>Days after the end of a mailing for which its unsubscribe links work: so long the address behind each is kept. <see cref="Days"/> to 3650.</summary>
    public int UnsubscribeDays { get; init; } = 365;

    /// <summary>Days after the end of an order for which its operation, transitions and deliveries are listed. <see cref="Days"/> to 3650.</summary>
    public int OrderDays { get; init; } = 90;

    /// <summary>Days for which content that an order has put on the web can be read, from its last delivery on. <see cref="Days"/> to 3650.</summary>
    public int WebPageDays { get; init; } = 365;

    /// <summary>
    /// Days for which a connector remembers who was sent what and what came of it (optimove spec section 12): 13 months, so that a year can be compared with the one before. <see cref="Days"/> to 3650.
    /// </summary>
    public int ConnectorDays { get; init; } = 396;
}
