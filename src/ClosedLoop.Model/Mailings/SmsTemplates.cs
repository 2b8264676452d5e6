namespace ClosedLoop.Model.Mailings;

/// <summary>What a mailing of the channel <see cref="MessageChannel.Sms"/> has besides its text, which is <see cref="SourceMailing.Text"/>.</summary>
public sealed record SmsTemplates
{
    /// <summary>A template: the number or name the message comes from; null for <c>channels.sms.from</c> of the client.</summary>
    public string? From { get; init; }

    /// <summary>Most segments a message may have; null for <c>channels.sms.maxSegments</c> of the client.</summary>
    public int? MaxSegments { get; init; }
}
