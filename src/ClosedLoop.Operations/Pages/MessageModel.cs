using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>One message, rendered again from what was frozen.</summary>
public sealed record MessageModel(MessageStory Story, MailView View, string Path);
