// Why the house cannot open, in one line that says what to do.
namespace Sisote.Host.House;

/// <summary>The process cannot start. The message is shown as it is and the exit code is 1.</summary>
/// <param name="message">One line: what is wrong and what to do.</param>
/// <param name="inner">What was behind it.</param>
public sealed class StartFaultException(string message, Exception? inner = null) : Exception(message, inner);
